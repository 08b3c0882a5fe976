package io.holdfast.proxy.console;

import io.holdfast.proxy.approval.Person;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
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
        if (who.isPresent()) {
            action.accept(who.get());
        } else {
            context.header("WWW-Authenticate", "Bearer");
            HoldApi.refuse(context, HttpStatus.UNAUTHORIZED, "a token of one of the configured people is needed");
        }
    }
}
