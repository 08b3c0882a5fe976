package io.holdfast.proxy.demo;

import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A transaction that has written must not wait, since it holds locks; it gets a ticket instead. */
final class OpenTransaction implements TourStep {
    private static final Pattern TICKET = Pattern.compile("H-\\w+");
    private static final String WRITE = "INSERT INTO events (kind) VALUES ('retention')";
    private static final String DELETE = "DELETE FROM events";

    @Override
    public String title() {
        return "A transaction that has written blocks others, so it does not wait: it gets a ticket.";
    }

    @Override
    public void play(Stage stage) throws TourFailure, SQLException {
        Actor ana = stage.inShop("ana");
        ana.types("BEGIN");
        ana.types(WRITE);
        Reply refused = ana.types(DELETE);
        stage.promise("refused at once, with a hold that stays open", refused.failedWith("PW004"), refused);
        ana.types("ROLLBACK");

        String ticket = ticket(refused);
        stage.inConsole("cy").types("APPROVE " + ticket + " 'retention'");
        Reply granted = stage.inConsole("di").types("APPROVE " + ticket + " 'retention'");
        stage.promise("ana may run it once", granted.has("granted"), granted);

        ana.types("BEGIN");
        ana.types(WRITE);
        Reply passed = ana.types(DELETE);
        stage.promise("the same text passes", passed instanceof Reply.Done done && done.changed() > 0, passed);
        Reply twice = ana.types(DELETE);
        stage.promise("but only once", twice.failedWith("PW004"), twice);
        ana.types("ROLLBACK");
    }

    private static String ticket(Reply refused) throws TourFailure {
        Matcher ticket = TICKET.matcher(refused.lines().getFirst());
        if (!ticket.find()) {
            throw new TourFailure("the error names no hold: " + refused);
        }
        return ticket.group();
    }
}
