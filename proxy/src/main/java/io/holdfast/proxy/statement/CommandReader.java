package io.holdfast.proxy.statement;

/** Reads one statement by its first word. */
final class CommandReader {
    private CommandReader() {}

    /** A statement, to its end. */
    static void statement(Reading r) {
        switch (r.keyword()) {
            case SELECT, VALUES, TABLE, WITH, INSERT, UPDATE, DELETE, MERGE -> query(r);
            case EXPLAIN -> ExplainReader.explain(r);
            case COPY -> CopyReader.copy(r);
            case SET -> SetReader.set(r);
            case RESET -> SetReader.reset(r);
            case DISCARD -> SetReader.discard(r);
            case BEGIN, START, COMMIT, END, ROLLBACK, ABORT, SAVEPOINT, RELEASE -> TransactionReader.transaction(r);
            case PREPARE -> {
                if (r.keyword(1) == Keyword.TRANSACTION) {
                    TransactionReader.transaction(r);
                } else {
                    PreparedReader.prepare(r);
                }
            }
            case EXECUTE -> {
                PreparedReader.execute(r);
                r.expectEnd();
            }
            case DEALLOCATE -> PreparedReader.deallocate(r);
            case DECLARE -> CursorReader.declare(r);
            case FETCH, MOVE -> CursorReader.fetch(r);
            case CLOSE -> CursorReader.close(r);
            case LOCK -> MaintenanceReader.lock(r);
            case REFRESH -> MaintenanceReader.refresh(r);
            case GRANT, REVOKE -> MaintenanceReader.grant(r);
            case LISTEN -> MaintenanceReader.listen(r);
            case UNLISTEN -> MaintenanceReader.unlisten(r);
            case CREATE -> CreateReader.create(r);
            case ALTER -> AlterReader.alter(r);
            case NO_KEYWORD -> {
                if (!r.is('(')) {
                    throw r.unexpected();
                }
                query(r);
            }
            default -> CommandTable.read(r);
        }
    }

    /** SELECT, INSERT, UPDATE, DELETE, MERGE: all that a WITH clause may introduce. */
    private static void query(Reading r) {
        QueryReader.query(r);
        r.expectEnd();
    }
}
