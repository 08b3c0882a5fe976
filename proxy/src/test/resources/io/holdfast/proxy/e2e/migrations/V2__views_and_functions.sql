ALTER TABLE book ADD COLUMN published date;
ALTER TABLE book ADD COLUMN tags text[] NOT NULL DEFAULT '{}';
ALTER TABLE author ADD CONSTRAINT author_name UNIQUE (name);
CREATE VIEW shelf AS SELECT b.title, a.name FROM book b JOIN author a ON a.id = b.author_id;

CREATE FUNCTION pages_of(author bigint) RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT coalesce(sum(pages), 0) FROM book WHERE author_id = author;
$$;
CREATE FUNCTION trimmed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.title := btrim(NEW.title);
    RETURN NEW;
END;
$$;
CREATE TRIGGER trim_title BEFORE INSERT OR UPDATE ON book FOR EACH ROW EXECUTE FUNCTION trimmed();

INSERT INTO author VALUES (-1, 'Anonymous', 0);
INSERT INTO book (id, title, author_id, pages) VALUES (-1, '  Beowulf ', -1, 150);
UPDATE book SET published = date '1815-01-01' WHERE id = -1;
