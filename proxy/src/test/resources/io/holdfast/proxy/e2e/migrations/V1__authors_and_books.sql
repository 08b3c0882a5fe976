-- An ordinary migration.
CREATE SEQUENCE author_ids INCREMENT BY 50;
CREATE SEQUENCE book_ids INCREMENT BY 50;
CREATE TYPE binding AS ENUM ('hardcover', 'paperback');

CREATE TABLE author (
    id      bigint PRIMARY KEY,
    name    varchar(200) NOT NULL,
    version integer NOT NULL
);
CREATE TABLE book (
    id        bigint PRIMARY KEY,
    title     varchar(200) NOT NULL,
    author_id bigint NOT NULL REFERENCES author,
    pages     integer NOT NULL CHECK (pages > 0)
);
CREATE INDEX book_author_id ON book (author_id);
COMMENT ON TABLE book IS 'what authors wrote';
