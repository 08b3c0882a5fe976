package io.holdfast.proxy.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.config.PersonConfig;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PeopleTest {
    private static final PersonConfig BO = new PersonConfig("bo", Set.of("bo", "bo_admin"), null, true);

    @Test
    void anAccountLeadsToItsPerson() {
        People people = new People(List.of(BO));

        assertThat(people.byPostgresUser("bo_admin")).contains(Holds.BO);
        assertThat(people.byName("bo")).contains(Holds.BO);
        assertThat(people.byPostgresUser("app")).isEmpty();
        assertThat(people.byPostgresUser("BO")).isEmpty();
    }

    @Test
    void anAccountOfTwoPersonsIsRefused() {
        PersonConfig other = new PersonConfig("ann", Set.of("bo"), null, true);

        assertThatThrownBy(() -> new People(List.of(BO, other)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("postgres user: bo (expected: of one person)");
    }

    @Test
    void aNameOfTwoPersonsIsRefused() {
        PersonConfig other = new PersonConfig("bo", Set.of("bo2"), null, true);

        assertThatThrownBy(() -> new People(List.of(BO, other))).isInstanceOf(IllegalArgumentException.class);
    }
}
