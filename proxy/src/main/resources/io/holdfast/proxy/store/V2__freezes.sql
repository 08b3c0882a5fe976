-- What is frozen; content is JSON. The scope is empty for all databases, else "database " and its name.
CREATE TABLE holdfast_freeze (
    scope varchar(300) PRIMARY KEY,
    content text NOT NULL
);
