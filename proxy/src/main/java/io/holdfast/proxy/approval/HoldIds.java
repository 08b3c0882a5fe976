package io.holdfast.proxy.approval;

import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** Makes ids nobody has seen lately, so that an approval given by voice cannot meet another hold. */
final class HoldIds {
    private static final int SHORTEST = 4;
    private static final int TRIES_PER_LENGTH = 8;

    private final RandomGenerator random;

    HoldIds(RandomGenerator random) {
        this.random = random;
    }

    /** A random id that is not taken; longer than four characters only when those are getting scarce. */
    HoldId next(Predicate<HoldId> taken) {
        for (int attempt = 0; ; attempt++) {
            HoldId id = random(SHORTEST + attempt / TRIES_PER_LENGTH);
            if (!taken.test(id)) {
                return id;
            }
        }
    }

    private HoldId random(int length) {
        StringBuilder text = new StringBuilder("H-");
        for (int i = 0; i < length; i++) {
            text.append(HoldId.ALPHABET.charAt(random.nextInt(HoldId.ALPHABET.length())));
        }
        return new HoldId(text.toString());
    }
}
