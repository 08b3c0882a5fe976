package io.holdfast.proxy.console;

import java.util.Locale;

/** Words of the console. */
public final class Labels {
    /** In the words of pg_stat_activity, for who is nobody's user and asks what others do. */
    static final String INSUFFICIENT_PRIVILEGE = "<insufficient privilege>";

    private Labels() {}

    /** {@code always true}. */
    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
