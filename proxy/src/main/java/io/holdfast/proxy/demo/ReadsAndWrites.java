package io.holdfast.proxy.demo;

import java.sql.SQLException;

/** One address: reads find the follower by themselves, and see what was written just before. */
final class ReadsAndWrites implements TourStep {
    @Override
    public String title() {
        return "Reads find the follower by themselves, and see your own writes.";
    }

    @Override
    public void play(Stage stage) throws TourFailure, SQLException {
        Actor ana = stage.inShop("ana");

        Reply recovering = ana.types("SELECT pg_is_in_recovery()");
        stage.promise("the server that answered is in recovery: the follower", recovering.has("t"), recovering);

        Reply inserted = ana.types("INSERT INTO events (kind) VALUES ('tour') RETURNING pg_is_in_recovery()");
        stage.promise("the write went to the primary", inserted.has("f"), inserted);

        Reply read = ana.types("SELECT kind FROM events ORDER BY id DESC LIMIT 1");
        stage.promise("the next read sees it", read.has("tour"), read);
    }
}
