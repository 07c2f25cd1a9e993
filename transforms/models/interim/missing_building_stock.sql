-- Why the building stock lacks members: one row, with the reason.
SELECT 'it is made of dst BYGB40, or of forbrugsudledninger boliger, which have Danish municipalities alone: no publisher that is read states dwellings and their floor in Sweden' AS reason;
