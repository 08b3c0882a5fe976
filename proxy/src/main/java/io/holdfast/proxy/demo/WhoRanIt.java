package io.holdfast.proxy.demo;

import io.holdfast.proxy.audit.AuditReader;
import io.holdfast.proxy.audit.AuditRecord;
import io.holdfast.proxy.audit.AuditVerifier;
import io.holdfast.proxy.audit.AuditVerifier.Verification;
import io.holdfast.proxy.cli.AuditLine;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
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
        List<AuditRecord> all = read(file);
        String hold = all.reversed().stream()
                .filter(entry -> entry.kind().equals("held")
                        && entry.field("text")
                                .filter(TwoPeople.ACCIDENT::equals)
                                .isPresent())
                .findFirst()
                .flatMap(entry -> entry.field("hold"))
                .orElseThrow(() -> new TourFailure("the audit does not know " + TwoPeople.ACCIDENT));
        stage.show("", List.of("$ ./holdfast audit search --hold " + hold));
        List<AuditRecord> story = all.stream()
                .filter(entry -> entry.field("hold").filter(hold::equals).isPresent())
                .toList();
        stage.show("", story.stream().map(AuditLine::of).toList());
        stage.promise("the whole story of " + hold, kinds(story).equals(STORY), kinds(story));
        List<String> others = List.of("denied", "withdrawn", "refused", "granted");
        stage.promise("the other holds too", kinds(all).containsAll(others), kinds(all));

        Verification verified = AuditVerifier.verify(file);
        stage.promise(
                "all " + all.size() + " entries are there, and none was changed",
                verified instanceof Verification.Intact,
                verified);
    }

    private static List<AuditRecord> read(Path file) throws IOException {
        List<AuditRecord> all = new ArrayList<>();
        try (AuditReader reader = AuditReader.open(file)) {
            for (AuditRecord entry = reader.next(); entry != null; entry = reader.next()) {
                all.add(entry);
            }
        }
        return all;
    }

    private static List<String> kinds(List<AuditRecord> entries) {
        return entries.stream().map(AuditRecord::kind).toList();
    }
}
