-- The same victims, seen from another server: what happens there is in no counter and no log of this one.
CREATE FOREIGN TABLE bypass.remote_view (n int) SERVER elsewhere OPTIONS (schema_name 'bypass', table_name 'v');
CREATE FOREIGN TABLE bypass.remote_victim (id int, n int, flag boolean, parent int, gone int)
    SERVER elsewhere OPTIONS (schema_name 'bypass', table_name 'victim');
CREATE VIEW bypass.over_remote AS SELECT * FROM bypass.remote_view;
GRANT ALL ON bypass.remote_view, bypass.remote_victim, bypass.over_remote TO shop_owner;
