package io.holdfast.proxy.web;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where to go after the login: one of our own pages, whatever was asked for. Pure. */
final class Return {
    static final String HOME = "/";

    private static final Pattern OURS =
            Pattern.compile("/(holds/[A-Za-z0-9-]{1,20}|history(\\?page=[0-9]{1,6})?|sessions|freeze)?");

    private Return() {}

    /** The path, or the list. */
    static String to(@Nullable String asked) {
        return asked != null && OURS.matcher(asked).matches() ? asked : HOME;
    }
}
