-- Why a Swedish plan has no production by turbine: one row, with the reason, or null where the plan has Danish members.
SELECT if(EXISTS (FROM plan.member WHERE country = 'DK'), NULL, 'it is made of the Danish register of turbines: the Swedish one, vindbrukskollen, states no production; energy_balance has it by municipality') AS reason;
