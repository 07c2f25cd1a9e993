-- Why a Swedish plan has no hours by municipality: one row, with the reason, or null where the plan has Danish members.
SELECT if(EXISTS (FROM plan.member WHERE country = 'DK'), NULL, 'it is made of energidataservice, which has Danish municipalities alone: no publisher that is read has Swedish ones by the hour; hourly_balance spreads annual figures over the hours of the bidding zone') AS reason;
