package io.holdfast.proxy.approval;

import java.util.ArrayList;
import java.util.List;

/**
 * A milder freeze is wanted in the place of one: part of a thaw, and so it needs as many persons as a thaw does.
 *
 * @param mode what is wanted
 * @param persons names of the different persons who want it; at least one
 */
public record Easing(FreezeMode mode, List<String> persons) {
    public Easing {
        persons = List.copyOf(persons);
    }

    Easing with(String name) {
        List<String> more = new ArrayList<>(persons);
        more.add(name);
        return new Easing(mode, more);
    }

    /** For people: {@code bo has asked for wait instead}. */
    public String text() {
        return String.join(", ", persons) + (persons.size() == 1 ? " has" : " have") + " asked for " + mode.label()
                + " instead";
    }
}
