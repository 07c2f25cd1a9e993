-- Why the building stock lacks members: one row, with the reason.
SELECT 'it is made of forbrugsudledninger boliger, which has Danish municipalities alone: no publisher that is read states dwellings and their floor in Sweden' AS reason;
