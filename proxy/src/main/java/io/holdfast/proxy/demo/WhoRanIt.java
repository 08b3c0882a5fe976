package io.holdfast.proxy.demo;

import io.holdfast.proxy.audit.AuditVerifier;
import io.holdfast.proxy.audit.AuditVerifier.Verification;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/** What took a day to find out is one look: who, from where, what, who agreed, and what came of it. */
final class WhoRanIt implements TourStep {
    private static final List<String> STORY = List.of("held", "vote", "vote", "approved", "released", "outcome");

    @Override
    public String title() {
        return "Who ran it, and who let it go? The audit knows, and nobody can edit it unnoticed.";
    }

    @Override
    public void play(Stage stage) throws TourFailure, SQLException, IOException {
        // A write is on record before it runs, and so is everything before it.
        stage.inShop("ana").types("INSERT INTO events (kind) VALUES ('end of the tour')");

        AuditTrail all = AuditTrail.read(stage.audit());
        String hold = all.holdOf(TwoPeople.ACCIDENT)
                .orElseThrow(() -> new TourFailure("the audit does not know " + TwoPeople.ACCIDENT));
        AuditTrail trail = all.of(hold);
        stage.show("", trail.lines());
        stage.promise("the whole story of " + hold, trail.kinds().equals(STORY), trail.kinds());
        List<String> others = List.of("denied", "withdrawn", "refused", "granted");
        stage.promise("the other holds too", all.kinds().containsAll(others), all.kinds());

        Verification verified = AuditVerifier.verify(stage.audit());
        stage.promise(
                "all " + all.entries().size() + " entries are there, and none was changed",
                verified instanceof Verification.Intact,
                verified);
    }
}
