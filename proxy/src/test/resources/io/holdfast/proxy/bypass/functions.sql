-- Every built-in function, aggregate and window function that SQL can call: name, kind, types of its arguments.
SELECT p.proname,
       p.prokind,
       coalesce(array_to_string(ARRAY(
           SELECT format_type(CASE a.type
                      WHEN 'anyelement'::regtype THEN 'integer'::regtype
                      WHEN 'anynonarray'::regtype THEN 'integer'::regtype
                      WHEN 'anycompatible'::regtype THEN 'integer'::regtype
                      WHEN 'anycompatiblenonarray'::regtype THEN 'integer'::regtype
                      WHEN 'anyarray'::regtype THEN 'integer[]'::regtype
                      WHEN 'anycompatiblearray'::regtype THEN 'integer[]'::regtype
                      WHEN 'anyrange'::regtype THEN 'int4range'::regtype
                      WHEN 'anycompatiblerange'::regtype THEN 'int4range'::regtype
                      WHEN 'anymultirange'::regtype THEN 'int4multirange'::regtype
                      WHEN 'anycompatiblemultirange'::regtype THEN 'int4multirange'::regtype
                      WHEN '"any"'::regtype THEN 'integer'::regtype
                      ELSE a.type
                  END, NULL)
           FROM unnest(p.proargtypes::oid[]::regtype[]) WITH ORDINALITY a(type, place)
           ORDER BY a.place), ';'), '')
FROM pg_proc p
WHERE p.pronamespace = 'pg_catalog'::regnamespace
    AND p.prokind IN ('f', 'a', 'w')
    AND NOT p.proargtypes::oid[] && ARRAY['internal'::regtype, 'trigger'::regtype, 'event_trigger'::regtype]::oid[]
    AND p.prorettype NOT IN ('internal'::regtype, 'trigger'::regtype, 'event_trigger'::regtype)
ORDER BY p.oid
