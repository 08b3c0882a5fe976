package io.holdfast.proxy.demo;

import io.holdfast.proxy.audit.AuditVerifier;
import io.holdfast.proxy.audit.AuditVerifier.Verification;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/** What took a day to find out is one look: who, from where, what, who agreed, and what came of it. */
final class WhoRanIt implements TourStep {
    private static final List<String> STORY = List.of("held", "vote", "vote", "approved", "released", "outcome");

    @Override
    public String title() {
        return "Who ran it, and who let it go? The proxy has stopped, its audit remains.";
    }

    @Override
    public void play(Stage stage) throws TourFailure, SQLException, IOException {
        Path file = stage.stopAndKeepAudit();
        AuditTrail all = AuditTrail.read(file);
        String hold = all.holdOf(TwoPeople.ACCIDENT)
                .orElseThrow(() -> new TourFailure("the audit does not know " + TwoPeople.ACCIDENT));
        AuditTrail trail = all.of(hold);
        stage.show("", trail.lines());
        stage.promise("the whole story of " + hold, trail.kinds().equals(STORY), trail.kinds());
        List<String> others = List.of("denied", "withdrawn", "refused", "granted");
        stage.promise("the other holds too", all.kinds().containsAll(others), all.kinds());

        Verification verified = AuditVerifier.verify(file);
        stage.promise(
                "all " + all.entries().size() + " entries are there, and none was changed",
                verified instanceof Verification.Intact,
                verified);
    }
}
