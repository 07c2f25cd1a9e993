-- Why a Swedish plan has no heat demand: one row, with the reason, or null where the plan has Danish members.
SELECT if(EXISTS (FROM plan.member WHERE country = 'DK'), NULL, 'it is made of balmorel, which has Danish municipalities alone: in Sweden the carrier of the heat is known, and it stands in energy_balance') AS reason;
