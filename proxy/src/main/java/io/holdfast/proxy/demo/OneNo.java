package io.holdfast.proxy.demo;

import java.sql.SQLException;

/** One denial ends it; the session that asked goes on. */
final class OneNo implements TourStep {
    private static final String COUNT = "SELECT count(*) FROM customers";

    @Override
    public String title() {
        return "One no is enough.";
    }

    @Override
    public void play(Stage stage) throws TourFailure, SQLException, InterruptedException {
        Actor ana = stage.inShop("ana");
        Reply before = ana.types(COUNT);

        RunningStatement delete = ana.starts("DELETE FROM customers");
        String hold = delete.awaitHold();
        Reply denial = stage.inConsole("cy").types("DENY " + hold + " 'there is no WHERE'");
        stage.promise("cy has ended it", denial.has("denied"), denial);

        Reply reply = delete.awaitReply();
        stage.promise("ana is told by whom, and why", reply.failedWith("PW001"), reply);
        Reply after = ana.types(COUNT);
        stage.promise("every row is there, and her session goes on", after.equals(before), after);
    }
}
