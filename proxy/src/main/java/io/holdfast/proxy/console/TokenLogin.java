package io.holdfast.proxy.console;

import io.holdfast.proxy.approval.Channel;
import io.holdfast.proxy.approval.LoginObserver.Result;
import io.holdfast.proxy.approval.Person;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Consumer;

/** Lets those in who show a token, as the person whose it is. */
record TokenLogin(Tokens tokens) {
    private static final String BEARER = "Bearer ";

    void known(Context context, Consumer<Person> action) {
        String header = context.header("Authorization");
        Optional<Person> who = header != null && header.startsWith(BEARER)
                ? tokens.person(header.substring(BEARER.length()).strip())
                : Optional.empty();
        context.header("Cache-Control", "no-store");
        tokens.observer()
                .observed(
                        who.isPresent() ? Result.SUCCEEDED : Result.FAILED,
                        Channel.HTTP,
                        who.map(Person::name).orElse(null),
                        "",
                        address(context));
        if (who.isPresent()) {
            action.accept(who.get());
        } else {
            context.header("WWW-Authenticate", "Bearer");
            HoldApi.refuse(context, HttpStatus.UNAUTHORIZED, "a token of one of the configured people is needed");
        }
    }

    /** Of the connection: what a header says, anybody can say. */
    static String address(Context context) {
        return new InetSocketAddress(context.req().getRemoteAddr(), 0)
                .getAddress()
                .getHostAddress();
    }
}
