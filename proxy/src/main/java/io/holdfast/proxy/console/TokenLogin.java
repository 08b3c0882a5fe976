package io.holdfast.proxy.console;

import io.holdfast.proxy.approval.Channel;
import io.holdfast.proxy.approval.LoginObserver.Result;
import io.holdfast.proxy.approval.Person;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Lets those in who show a token, as the person whose it is. */
record TokenLogin(Tokens tokens) {
    private static final String BEARER = "Bearer ";

    void known(Context context, Consumer<Person> action) {
        context.header("Cache-Control", "no-store");
        InetAddress address = address(context);
        Duration wait = tokens.throttle().untilNext(address);
        if (wait.isPositive()) {
            observed(Result.THROTTLED, null, address);
            long seconds = wait.toSeconds() + 1;
            context.header("Retry-After", String.valueOf(seconds));
            HoldApi.refuse(
                    context,
                    HttpStatus.TOO_MANY_REQUESTS,
                    "too many wrong tokens from this address; again in " + seconds + " seconds");
            return;
        }
        String header = context.header("Authorization");
        Optional<Person> who = header != null && header.startsWith(BEARER)
                ? tokens.person(header.substring(BEARER.length()).strip())
                : Optional.empty();
        observed(
                who.isPresent() ? Result.SUCCEEDED : Result.FAILED,
                who.map(Person::name).orElse(null),
                address);
        if (who.isPresent()) {
            action.accept(who.get());
        } else {
            if (header != null) {
                tokens.throttle().take(address); // only who shows a token is guessing
            }
            context.header("WWW-Authenticate", "Bearer");
            HoldApi.refuse(context, HttpStatus.UNAUTHORIZED, "a token of one of the configured people is needed");
        }
    }

    private void observed(Result result, @Nullable String person, InetAddress address) {
        tokens.observer().observed(result, Channel.HTTP, person, "", address.getHostAddress());
    }

    /** Of the connection: what a header says, anybody can say. */
    static InetAddress address(Context context) {
        return new InetSocketAddress(context.req().getRemoteAddr(), 0).getAddress();
    }
}
