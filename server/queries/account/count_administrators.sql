SELECT count(*) FROM account WHERE county_role = 'administrator'
