package io.holdfast.proxy.session;

import static io.holdfast.proxy.session.Talk.begun;
import static io.holdfast.proxy.session.Talk.failed;
import static io.holdfast.proxy.session.Talk.ran;
import static io.holdfast.proxy.session.Talk.readOnFollower;
import static io.holdfast.proxy.session.Wire.wire;

import org.junit.jupiter.api.Test;

/** The proxy answers what is asked of itself, and no server hears of it. */
class OwnShowWireTest {
    private final Wire primary = wire().withoutFollower();

    @Test
    void aSimpleQueryIsAnsweredAlsoInATransaction() {
        primary.plays(begun() + """
                C> Query " show  Holdfast.ROUTE ;"
                C< RowDescription ["server" "role" "commands" "duration" "why"]
                C< DataRow ["primary:5432" "primary" "BEGIN" "NNNN ms" "not only reads"]
                C< CommandComplete "SHOW"
                C< ReadyForQuery T
                """ + ran("commit", "COMMIT", 'I'));
    }

    @Test
    void beforeTheFirstQueryThereIsNothingToExplain() {
        wire().plays("""
                C> Query "SHOW holdfast.route"
                C< RowDescription ["server" "role" "commands" "duration" "why"]
                C< DataRow [null null null null "nothing was sent yet"]
                C< CommandComplete "SHOW"
                C< ReadyForQuery I
                """ + readOnFollower("select 1"));
    }

    @Test
    void anExtendedQueryIsAnsweredMessageByMessage() {
        wire().plays(readOnFollower("select 1") + """
                C> Parse "" "SHOW holdfast.route" []
                C> Bind "" "" [] [] []
                C> Describe P ""
                C> Execute "" 0
                C> Sync
                C< ParseComplete
                C< BindComplete
                C< RowDescription ["server" "role" "commands" "duration" "why"]
                C< DataRow ["follower:5432" "follower" "SELECT" "NNNN ms" "reads only"]
                C< CommandComplete "SHOW"
                C< ReadyForQuery I
                """);
    }

    @Test
    void aPreparedOneIsAnsweredWheneverItIsRun() {
        wire().plays("""
                C> Parse "s" "SHOW holdfast.route" []
                C> Describe S "s"
                C> Sync
                C< ParseComplete
                C< ParameterDescription []
                C< RowDescription ["server" "role" "commands" "duration" "why"]
                C< ReadyForQuery I
                """ + readOnFollower("select 1") + """
                C> Bind "" "s" [] [] []
                C> Execute "" 0
                C> Close S "s"
                C> Sync
                C< BindComplete
                C< DataRow ["follower:5432" "follower" "SELECT" "NNNN ms" "reads only"]
                C< CommandComplete "SHOW"
                C< CloseComplete
                C< ReadyForQuery I
                C> Parse "s" "select 1" []
                C> Sync
                R> Parse "s" "select 1" []
                R> Sync
                """);
    }

    @Test
    void itWaitsForTheRepliesBeforeIt() {
        wire().plays("""
                C> Query "select 1"
                C> Query "SHOW holdfast.route"
                R> Query "select 1"
                R< CommandComplete "SELECT 1"
                R< ReadyForQuery I
                C< CommandComplete "SELECT 1"
                C< ReadyForQuery I
                C< RowDescription ["server" "role" "commands" "duration" "why"]
                C< DataRow ["follower:5432" "follower" "SELECT" "NNNN ms" "reads only"]
                C< CommandComplete "SHOW"
                C< ReadyForQuery I
                """);
    }

    @Test
    void whoReadsFromThePrimaryIsToldWhatTheFollowersLack() {
        primary.plays(
                """
                @  follower up
                """ + ran("insert into t values (1)", "INSERT 0 1", 'I') + ran("select 1", "SELECT 1", 'I') + """
                C> Query "SHOW holdfast.route"
                C< RowDescription ["server" "role" "commands" "duration" "why"]
                C< DataRow ["primary:5432" "primary" "SELECT" "NNNN ms" "no follower is fresh enough: needs 0/65; follower:5432 has 0/64, lags 0 ms"]
                C< CommandComplete "SHOW"
                C< ReadyForQuery I
                """);
    }

    @Test
    void theSessionIsShownWithWhatPinsIt() {
        primary.plays(ran("set work_mem = '1MB'", "SET", 'I') + ran("listen c", "LISTEN", 'I') + """
                C> Query "SHOW holdfast.session"
                C< RowDescription ["session" "user" "database" "primary" "follower" "transaction" "pinned" "settings" "prepared" "hold"]
                C< DataRow ["S-1" "bo" "shop" "primary:5432" null "none" "listens on c" "set work_mem = '1MB'" "0" null]
                C< CommandComplete "SHOW"
                C< ReadyForQuery I
                """);
    }

    @Test
    void aUnitThatAsksForMoreGoesToTheServerWhichKnowsNoSuchParameter() {
        wire().plays("""
                C> Query "select 1; SHOW holdfast.route"
                R> Query "select 1; SHOW holdfast.route"
                """);
    }

    @Test
    void aFailedTransactionRefusesItAsEverythingElse() {
        primary.plays(begun() + failed("select 1/0") + """
                C> Query "SHOW holdfast.route"
                P> Query "SHOW holdfast.route"
                """);
    }
}
