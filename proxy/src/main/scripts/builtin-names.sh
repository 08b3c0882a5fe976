#!/bin/sh
# Writes the lists of PostgreSQL's own functions and relations that the statement reader knows:
#   builtin-functions.txt  functions, and types that can be called like one: name (with its schema unless that is pg_catalog) and the worst volatility of its overloads
#   system-relations.txt   relations of pg_catalog
# Run it against an empty database of the newest supported release, as any user:
#   PGHOST=127.0.0.1 PGUSER=postgres sh src/main/scripts/builtin-names.sh
# then read the diff: a new volatile function may belong in function-effects.txt.
set -eu
cd "$(dirname "$0")/../resources/io/holdfast/proxy/statement"
version=$(psql -XAtc "select current_setting('server_version')")
{
    echo "# Made by builtin-names.sh from PostgreSQL $version: name, volatility (i immutable, s stable, v volatile)."
    psql -XAtF ' ' -c "
        with callable as (
            select pronamespace as schema, proname as name, provolatile as volatility
            from pg_proc where oid < 16384
            union all -- name(value) is a cast where no function has the name of the type
            select typnamespace, typname, 'i'
            from pg_type where oid < 16384 and typcategory <> 'A' and typtype in ('b', 'r', 'm') and typrelid = 0)
        select case nspname when 'pg_catalog' then '' else nspname || '.' end || name,
               (array_agg(volatility order by case volatility when 'v' then 1 when 's' then 2 else 3 end))[1]
        from callable join pg_namespace n on n.oid = schema
        where nspname in ('pg_catalog', 'information_schema')
        group by nspname, name
        order by nspname desc, name collate \"C\""
} > builtin-functions.txt
{
    echo "# Made by builtin-names.sh from PostgreSQL $version: relations of pg_catalog."
    psql -XAtc "
        select relname from pg_class
        where relnamespace = 'pg_catalog'::regnamespace and relkind in ('r', 'v')
        order by relname collate \"C\""
} > system-relations.txt
