-- Who has released which hold alone, and when. Only what the limit per hour looks back on is kept here; the audit has all.
CREATE TABLE holdfast_glass (
    person varchar(1000) NOT NULL,
    hold varchar(20) NOT NULL,
    broken timestamp with time zone NOT NULL
);
