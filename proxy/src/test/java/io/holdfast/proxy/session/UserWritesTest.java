package io.holdfast.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UserWritesTest {
    private final UserWrites writes = new UserWrites();

    @Test
    void theLastWriteOfAUserCountsWhateverOrderTheyAreToldIn() {
        assertThat(writes.last("ana")).isEmpty();
        writes.wrote("ana", 20);
        writes.wrote("ana", 10);
        assertThat(writes.last("ana")).hasValue(20);
        assertThat(writes.last("bo")).isEmpty();
    }

    @Test
    void theClockMayWrapAround() {
        writes.wrote("ana", Long.MAX_VALUE);
        writes.wrote("ana", Long.MIN_VALUE + 1);
        assertThat(writes.last("ana")).hasValue(Long.MIN_VALUE + 1);
    }

    @Test
    void whenThereAreTooManyUsersNoWriteIsForgotten() {
        for (int i = 0; i < UserWrites.MAX_USERS; i++) {
            writes.wrote("u" + i, i);
        }
        writes.wrote("ana", 1_000_000);
        writes.wrote("bo", 1_000_001);
        assertThat(writes.last("u7")).hasValue(7);
        assertThat(writes.last("ana")).as("shared with bo").hasValue(1_000_001);
    }
}
