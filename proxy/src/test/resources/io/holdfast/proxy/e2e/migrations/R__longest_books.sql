CREATE OR REPLACE VIEW longest_books AS SELECT title, pages FROM book ORDER BY pages DESC LIMIT 10;
