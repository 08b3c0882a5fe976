package io.holdfast.proxy.approval;

import static io.holdfast.proxy.approval.Holds.ANN;
import static io.holdfast.proxy.approval.Holds.BO;
import static io.holdfast.proxy.approval.Holds.DEV;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.proxy.approval.FreezeAnswer.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FreezeServiceTest {
    private final FakeTime time = new FakeTime();
    private final MemoryStore store = new MemoryStore(time.clock().wall());
    private final List<String> seen = new ArrayList<>();
    private final FreezeService here = service();
    private final FreezeService there = service();

    private FreezeService service() {
        FreezeService service = new FreezeService(
                store,
                HoldLimits.DEFAULT,
                time.clock(),
                List.of((change, freeze, by) -> seen.add(change + " " + freeze.scope() + " " + freeze.thaws())));
        service.catchUp();
        return service;
    }

    @Test
    void onePersonFreezesAndEveryProxyKnows() {
        assertThat(here.now().of("shop")).isNull();
        freeze(FreezeMode.REFUSE, null);

        assertThat(in(here, "shop").reason()).isEqualTo("the disk is full");
        there.catchUp();
        assertThat(in(there, "stock").person()).isEqualTo("bo");
        assertThat(seen).containsExactly("FROZEN all databases []");
    }

    @Test
    void twoDifferentPersonsThawWhicheverProxyTheyAsk() {
        freeze(FreezeMode.REFUSE, null);
        assertThat(here.thaw(Holds.at(BO), null)).isInstanceOf(FreezeAnswer.OneMore.class);
        assertThat(refusal(there.thaw(Holds.at(BO), null))).isEqualTo(Reason.ALREADY_SAID_BY_YOU);
        assertThat(there.now().of("shop")).isNotNull();

        assertThat(there.thaw(Holds.at(ANN), null)).isInstanceOf(FreezeAnswer.Thawed.class);
        assertThat(there.now().of("shop")).isNull();
        here.catchUp();
        assertThat(here.now().of("shop")).isNull();
        assertThat(seen)
                .containsExactly(
                        "FROZEN all databases []",
                        "THAW_ASKED all databases [bo]",
                        "THAW_ASKED all databases [bo, ann]",
                        "THAWED all databases [bo, ann]");
    }

    @Test
    void aNewFreezeForgetsWhoWantedTheOldOneToEnd() {
        freeze(FreezeMode.WAIT, null);
        here.thaw(Holds.at(ANN), null);
        freeze(FreezeMode.REFUSE, null);

        assertThat(here.thaw(Holds.at(BO), null)).isInstanceOf(FreezeAnswer.OneMore.class);
    }

    @Test
    void whoMayNotApproveMayNeitherFreezeNorThaw() {
        assertThat(refusal(here.freeze(Holds.at(DEV), FreezeMode.REFUSE, null, "why not")))
                .isEqualTo(Reason.NOT_APPROVER);
        freeze(FreezeMode.REFUSE, null);
        assertThat(refusal(here.thaw(Holds.at(DEV), null))).isEqualTo(Reason.NOT_APPROVER);
    }

    /** It would stop nothing, and somebody would believe that it does. */
    @Test
    void aNameThatNoDatabaseCanHaveIsRefused() {
        for (String name : List.of("", "x".repeat(64), "\u00e4".repeat(32), "a\0b")) {
            assertThat(refusal(here.freeze(Holds.at(BO), FreezeMode.REFUSE, name, "a mistake")))
                    .isEqualTo(Reason.NOT_A_DATABASE);
        }
        assertThat(here.freeze(Holds.at(BO), FreezeMode.REFUSE, "x".repeat(63), "the longest"))
                .isInstanceOf(FreezeAnswer.Frozen.class);
    }

    @Test
    void aFreezeNeedsAReason() {
        assertThat(refusal(here.freeze(Holds.at(BO), FreezeMode.REFUSE, null, " ")))
                .isEqualTo(Reason.NO_REASON);
        assertThat(refusal(here.freeze(Holds.at(BO), FreezeMode.REFUSE, null, null)))
                .isEqualTo(Reason.NO_REASON);
        assertThat(refusal(here.freeze(Holds.at(BO), FreezeMode.REFUSE, null, "x".repeat(1_001))))
                .isEqualTo(Reason.REASON_TOO_LONG);
        assertThat(here.now().freezes()).isEmpty();
    }

    @Test
    void oneDatabaseIsFrozenByItselfAndThawedByItself() {
        freeze(FreezeMode.REFUSE, "shop");
        freeze(FreezeMode.WAIT, null);

        assertThat(in(here, "shop").mode()).isEqualTo(FreezeMode.REFUSE);
        assertThat(in(here, "stock").mode()).isEqualTo(FreezeMode.WAIT);
        here.thaw(Holds.at(BO), null);
        here.thaw(Holds.at(ANN), null);
        assertThat(here.now().of("stock")).isNull();
        assertThat(here.now().of("shop")).isNotNull();
        assertThat(refusal(here.thaw(Holds.at(BO), null))).isEqualTo(Reason.NOT_FROZEN);
    }

    @Test
    void untilTheStoreHasAnsweredEverythingIsFrozen() {
        store.down = true;
        FreezeService starting = new FreezeService(store, HoldLimits.DEFAULT, time.clock(), List.of());
        assertThatThrownBy(starting::catchUp).isInstanceOf(StoreUnavailableException.class);
        assertThat(in(starting, "shop").reason()).contains("has not said yet");
        assertThat(starting.now().isKnown()).isFalse();

        store.down = false;
        starting.catchUp();
        assertThat(starting.now().of("shop")).isNull();
        assertThat(starting.now().isKnown()).isTrue();
    }

    @Test
    void anOutageThawsNothing() {
        freeze(FreezeMode.REFUSE, null);
        store.down = true;
        assertThatThrownBy(here::catchUp).isInstanceOf(StoreUnavailableException.class);

        assertThat(here.now().of("shop")).isNotNull();
    }

    @Test
    void whoCutsIsToldOnceOfEachFreezeThatEndsRunningWrites() {
        List<String> cut = new ArrayList<>();
        there.onCut(freeze -> cut.add(freeze.scope()));
        freeze(FreezeMode.REFUSE, null);
        there.catchUp();
        assertThat(cut).isEmpty();

        time.pass(Duration.ofSeconds(1));
        freeze(FreezeMode.NOW, null);
        there.catchUp();
        here.thaw(Holds.at(BO), null);
        there.catchUp();
        assertThat(cut).containsExactly("all databases");
    }

    @Test
    void whoWatchesIsToldOfEveryChangeWhereverItWasMade() {
        List<String> told = new ArrayList<>();
        there.onAnyChange(() -> told.add(String.valueOf(there.now().freezes().size())));
        there.catchUp();
        assertThat(told).isEmpty();

        freeze(FreezeMode.REFUSE, null);
        there.catchUp();
        there.catchUp();
        assertThat(told).containsExactly("1");
        here.thaw(Holds.at(BO), null);
        there.catchUp();
        assertThat(told).containsExactly("1", "1");
        there.thaw(Holds.at(ANN), null);
        there.catchUp();
        assertThat(told).containsExactly("1", "1", "0");
    }

    @Test
    void whoWatchesIsToldThatTheStoreHasAnswered() {
        List<Boolean> told = new ArrayList<>();
        FreezeService starting = new FreezeService(store, HoldLimits.DEFAULT, time.clock(), List.of());
        starting.onAnyChange(() -> told.add(starting.now().isKnown()));
        starting.catchUp();
        assertThat(told).containsExactly(true);
    }

    @Test
    void aThawIsOfTheFreezeThatWasSeen() {
        freeze(FreezeMode.REFUSE, null);
        Instant seenAt = in(here, "shop").since();
        time.pass(Duration.ofSeconds(1));
        freeze(FreezeMode.NOW, null);

        assertThat(refusal(here.thaw(Holds.at(BO), null, seenAt))).isEqualTo(Reason.NOT_FROZEN);
        assertThat(in(here, "shop").thaws()).isEmpty();
        assertThat(here.thaw(Holds.at(BO), null, in(here, "shop").since())).isInstanceOf(FreezeAnswer.OneMore.class);
    }

    /** It is part of a thaw. */
    @Test
    void aMilderFreezeTakesTwoDifferentPersonsWhicheverProxyTheyAsk() {
        freeze(FreezeMode.NOW, null);
        assertThat(ease(here, BO, FreezeMode.WAIT)).isInstanceOf(FreezeAnswer.OneMoreToEase.class);
        assertThat(in(here, "shop").mode()).isEqualTo(FreezeMode.NOW);
        assertThat(refusal(ease(there, BO, FreezeMode.WAIT))).isEqualTo(Reason.ALREADY_EASED_BY_YOU);
        assertThat(refusal(ease(there, DEV, FreezeMode.WAIT))).isEqualTo(Reason.NOT_APPROVER);
        assertThat(in(there, "shop").mode()).isEqualTo(FreezeMode.NOW);

        assertThat(ease(there, ANN, FreezeMode.WAIT)).isInstanceOf(FreezeAnswer.Frozen.class);
        assertThat(in(there, "shop").mode()).isEqualTo(FreezeMode.WAIT);
        assertThat(in(there, "shop").person()).isEqualTo("ann");
        assertThat(in(there, "shop").easing()).isNull();
        assertThat(seen)
                .containsExactly("FROZEN all databases []", "EASE_ASKED all databases []", "FROZEN all databases []");
    }

    @Test
    void twoWhoWantDifferentMilderFreezesGetNeither() {
        freeze(FreezeMode.NOW, null);
        ease(here, BO, FreezeMode.REFUSE);
        assertThat(ease(here, ANN, FreezeMode.WAIT)).isInstanceOf(FreezeAnswer.OneMoreToEase.class);
        assertThat(in(here, "shop").mode()).isEqualTo(FreezeMode.NOW);
        assertThat(in(here, "shop").easing()).isEqualTo(new Easing(FreezeMode.WAIT, List.of("ann")));
    }

    @Test
    void whoWantsTheThawHasNotAskedForAMilderFreezeNorTheOtherWayRound() {
        freeze(FreezeMode.REFUSE, null);
        here.thaw(Holds.at(BO), null);
        assertThat(ease(here, ANN, FreezeMode.WAIT)).isInstanceOf(FreezeAnswer.OneMoreToEase.class);
        assertThat(ease(here, BO, FreezeMode.WAIT)).isInstanceOf(FreezeAnswer.Frozen.class);
        assertThat(in(here, "shop").thaws()).isEmpty();
    }

    @Test
    void aStricterFreezeTakesOneAndForgetsWhoWantedAMilder() {
        freeze(FreezeMode.REFUSE, "shop");
        ease(here, BO, "shop", FreezeMode.WAIT);
        freeze(FreezeMode.NOW, "shop");
        assertThat(in(here, "shop").easing()).isNull();
        assertThat(ease(here, ANN, "shop", FreezeMode.WAIT)).isInstanceOf(FreezeAnswer.OneMoreToEase.class);
    }

    /** One database's freeze is beside that of all, and the stricter counts. */
    @Test
    void aMilderFreezeOfOneDatabaseLeavesThatOfAll() {
        freeze(FreezeMode.REFUSE, null);
        freeze(FreezeMode.WAIT, "shop");

        assertThat(in(here, "shop").mode()).isEqualTo(FreezeMode.REFUSE);
        assertThat(in(here, "stock").mode()).isEqualTo(FreezeMode.REFUSE);
    }

    private static FreezeAnswer ease(FreezeService service, Person who, FreezeMode mode) {
        return ease(service, who, null, mode);
    }

    private static FreezeAnswer ease(FreezeService service, Person who, @Nullable String database, FreezeMode mode) {
        return service.freeze(Holds.at(who), mode, database, "we have room again");
    }

    private void freeze(FreezeMode mode, @Nullable String database) {
        assertThat(here.freeze(Holds.at(BO), mode, database, "the disk is full"))
                .isInstanceOf(FreezeAnswer.Frozen.class);
    }

    private static Freeze in(FreezeService service, String database) {
        return Objects.requireNonNull(service.now().of(database), "not frozen");
    }

    private static Reason refusal(FreezeAnswer answer) {
        assertThat(answer).isInstanceOf(FreezeAnswer.Refused.class);
        return ((FreezeAnswer.Refused) answer).reason();
    }
}
