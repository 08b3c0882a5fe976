-- The database in which several proxies share holds, grants and decisions. Run it once with psql, as a superuser, on a server that
-- is up when the proxies are; then give the login a password: \password holdfast_control
--
-- Whoever can write there can approve anything: nobody but the proxies needs to connect. Where audit logs are copied into it (audit.copy-as),
-- holdfast-audit-copy.sql keeps what was copied from the proxies' login.
CREATE ROLE holdfast_control LOGIN;
CREATE DATABASE holdfast_control OWNER holdfast_control;
REVOKE CONNECT, TEMPORARY ON DATABASE holdfast_control FROM PUBLIC;
