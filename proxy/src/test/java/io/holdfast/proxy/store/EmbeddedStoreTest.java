package io.holdfast.proxy.store;

import static io.holdfast.proxy.approval.Holds.ANN;
import static io.holdfast.proxy.approval.Holds.BO;
import static io.holdfast.proxy.approval.Holds.TWO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.config.ControlStoreConfig;
import io.holdfast.proxy.approval.Channel;
import io.holdfast.proxy.approval.FakeTime;
import io.holdfast.proxy.approval.HoldId;
import io.holdfast.proxy.approval.HoldLimits;
import io.holdfast.proxy.approval.HoldService;
import io.holdfast.proxy.approval.HoldState;
import io.holdfast.proxy.approval.HoldView;
import io.holdfast.proxy.approval.Holds;
import io.holdfast.proxy.approval.RestorePoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedStoreTest {
    @TempDir
    Path folder;

    @Test
    void aRestartKeepsHistoryAndGrantsAndWithdrawsWhatWaited() throws IOException {
        HoldId waiting;
        HoldId granted;
        HoldId ended;
        try (OpenStore store = open()) {
            HoldService holds = start(store, 1);
            waiting = holds.open(Holds.request("TRUNCATE account"), TWO, view -> {})
                    .orElseThrow()
                    .id();
            granted = holds.openDetached(Holds.request("TRUNCATE stock"), TWO)
                    .orElseThrow()
                    .id();
            holds.approve(granted, BO, Channel.CONSOLE, null);
            holds.approve(granted, ANN, Channel.CONSOLE, null);
            ended = holds.openDetached(Holds.request("DROP TABLE t"), TWO)
                    .orElseThrow()
                    .id();
            holds.deny(ended, BO, Channel.CONSOLE, "no");
        }

        try (OpenStore store = open()) {
            HoldService holds = start(store, 2);
            assertThat(holds.find(waiting).orElseThrow().state()).isEqualTo(HoldState.WITHDRAWN);
            assertThat(holds.find(ended).orElseThrow().votes().getFirst().reason())
                    .isEqualTo("no");
            assertThat(holds.takeGrant("dev", "dev", "shop", Holds.fingerprint("TRUNCATE stock")))
                    .contains(granted);
        }
        try (OpenStore store = open()) {
            HoldService holds = start(store, 3);
            assertThat(holds.find(granted).orElseThrow().state()).isEqualTo(HoldState.UNKNOWN_OUTCOME);
            assertThat(holds.takeGrant("dev", "dev", "shop", Holds.fingerprint("TRUNCATE stock")))
                    .isEmpty();
        }
    }

    @Test
    void howToUndoOutlivesAProxyThatDiesWhileTheStatementRuns() throws IOException {
        RestorePoint point =
                new RestorePoint.Named("holdfast-H-7K2M-1", "0/1A2B3C8", Instant.parse("2026-03-13T09:00:07Z"));
        HoldId id;
        try (OpenStore store = open()) {
            HoldService holds = start(store, 1);
            id = holds.openDetached(Holds.request("TRUNCATE stock"), TWO)
                    .orElseThrow()
                    .id();
            holds.approve(id, BO, Channel.CONSOLE, null);
            holds.approve(id, ANN, Channel.CONSOLE, null);
            holds.takeGrant("dev", "dev", "shop", Holds.fingerprint("TRUNCATE stock"));
            holds.marked(id, point);
        }

        try (OpenStore store = open()) {
            HoldView hold = start(store, 2).find(id).orElseThrow();
            assertThat(hold.state()).isEqualTo(HoldState.UNKNOWN_OUTCOME);
            assertThat(hold.restorePoint()).isEqualTo(point);
        }
    }

    @Test
    void twoProxiesOnOneFileIsAnErrorThatSaysWhatToDo() throws IOException {
        try (OpenStore first = open()) {
            assertThat(first.store().isShared()).isFalse();
            assertThatThrownBy(this::open)
                    .isInstanceOf(IOException.class)
                    .hasMessage("control-store: " + file() + " is in use by another proxy;"
                            + " give each a file of its own, or let them share a PostgreSQL database");
        }
        open().close();
    }

    @Test
    void aFileThatIsNoControlStoreIsAnError() throws IOException {
        Files.writeString(folder.resolve("state.mv.db"), "something else".repeat(1_000));

        assertThatThrownBy(this::open)
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("control-store: " + file() + " cannot be used: ");
    }

    @Test
    void nobodyElseMayReadTheFile() throws IOException {
        open().close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("state.mv.db"))))
                .isEqualTo("rw-------");
    }

    @Test
    void theNewestScriptIsKnown() throws IOException {
        Path scripts = Path.of(System.getProperty("holdfast.root"), "proxy/src/main/resources/io/holdfast/proxy/store");
        try (Stream<Path> files = Files.list(scripts)) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .map(name -> name.replaceFirst("V(\\d+)__.*", "$1"))
                            .map(Integer::valueOf)
                            .max(Integer::compare))
                    .contains(Integer.valueOf(Schema.HOLDS.newest()));
        }
    }

    private Path file() {
        return folder.resolve("state");
    }

    private OpenStore open() throws IOException {
        return new OpenStore(new ControlStoreConfig.Embedded(file()));
    }

    private static HoldService start(OpenStore store, int seed) {
        FakeTime time = new FakeTime();
        HoldService holds = new HoldService(
                store.store(),
                Holds.GRANT_TTL,
                HoldLimits.DEFAULT,
                time.clock(),
                time.timer(),
                new Random(seed),
                List.of());
        holds.start();
        return holds;
    }
}
