package io.holdfast.proxy.demo;

import java.sql.SQLException;

/** The accident, prevented: what destroys data waits until two people, neither of them the requester, say yes. */
final class TwoPeople implements TourStep {
    static final String ACCIDENT = "TRUNCATE orders CASCADE";
    private static final String COUNT = "SELECT count(*) FROM orders";

    @Override
    public String title() {
        return "What destroys data waits for two people.";
    }

    @Override
    public void play(Stage stage) throws TourFailure, SQLException, InterruptedException {
        Actor ana = stage.inShop("ana");
        Reply before = ana.types(COUNT);

        RunningStatement truncate = ana.starts(ACCIDENT);
        String hold = truncate.awaitHold();
        Reply meanwhile = stage.inShop("bo").types(COUNT);
        stage.promise("ana is told at once, nothing has run, others go on", meanwhile.equals(before), meanwhile);

        Reply own = stage.inConsole("ana").types("APPROVE " + hold + " 'I know what I do'");
        stage.promise("ana cannot let it go herself", own.failedWith("42501"), own);

        Actor cy = stage.inConsole("cy");
        Reply listed = cy.types("SHOW HOLDS");
        stage.promise("ops see who wants what", listed.has(hold) && listed.has("ana") && listed.has(ACCIDENT), listed);
        Reply first = cy.types("APPROVE " + hold + " 'the old orders are archived'");
        stage.promise("one of two", first.has("1 of 2"), first);
        truncate.awaitNotice("1 so far");
        Reply again = cy.types("APPROVE " + hold + " 'and again'");
        stage.promise("two approvals are two persons", again.failedWith("55000") && truncate.waits(), again);

        Reply second = stage.inConsole("di").types("APPROVE " + hold + " 'seen the archive'");
        stage.promise("two of two", second.has("2 of 2"), second);
        Reply reply = truncate.awaitReply();
        stage.promise("it ran, on the connection that had waited", reply instanceof Reply.Done, reply);
        Reply after = ana.types(COUNT);
        stage.promise("ana sees its effect", after.has("0"), after);
    }
}
