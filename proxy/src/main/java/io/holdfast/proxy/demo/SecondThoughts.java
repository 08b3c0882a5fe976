package io.holdfast.proxy.demo;

import java.sql.SQLException;

/** Who asks does not decide, even with the right to; and who asks may think again. */
final class SecondThoughts implements TourStep {
    @Override
    public String title() {
        return "Approvers do not decide what they asked for themselves. Ctrl-C takes it back.";
    }

    @Override
    public void play(Stage stage) throws TourFailure, SQLException, InterruptedException {
        Actor cy = stage.inShop("cy");
        RunningStatement drop = cy.starts("DROP TABLE payments");
        String hold = drop.awaitHold();
        Reply own = stage.inConsole("cy").types("APPROVE " + hold);
        stage.promise("cy may approve, but not this", own.failedWith("42501") && drop.waits(), own);

        drop.interrupt();
        Reply reply = drop.awaitReply();
        stage.promise("the client hears what it would hear from PostgreSQL", reply.failedWith("57014"), reply);
        Reply late = stage.inConsole("di").types("APPROVE " + hold);
        stage.promise("nobody can release it any more", late.failedWith("55000"), late);
        Reply there = cy.types("SELECT to_regclass('payments') IS NOT NULL AS still_there");
        stage.promise("the table is still there", there.has("t"), there);
    }
}
