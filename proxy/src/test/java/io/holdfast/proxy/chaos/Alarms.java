package io.holdfast.proxy.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/**
 * Fails a test class during which a buffer was not released, or something was thrown that nobody had foreseen: both only show in
 * the log.
 */
final class Alarms implements BeforeAllCallback, AfterAllCallback {
    private static final int COLLECTIONS = 3;
    private static final int BUFFERS = 100;

    private final Heard heard = new Heard();

    @Override
    public void beforeAll(ExtensionContext context) {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        heard.start();
        root().addAppender(heard);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        // A leak is found when its buffer is collected, and told when the next one is allocated.
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            for (int j = 0; j < BUFFERS; j++) {
                ByteBufAllocator.DEFAULT.buffer(16).release();
            }
        }
        root().detachAppender(heard);
        assertThat(heard.alarms).isEmpty();
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    /** Everything with a stack trace, and whatever Netty warns of. */
    private static final class Heard extends AppenderBase<ILoggingEvent> {
        private final List<String> alarms = new CopyOnWriteArrayList<>();

        @Override
        protected void append(ILoggingEvent event) {
            boolean netty = event.getLoggerName().startsWith("io.netty");
            if (event.getLevel().isGreaterOrEqual(Level.WARN) && (netty || event.getThrowableProxy() != null)) {
                alarms.add(event.getFormattedMessage() + '\n' + ThrowableProxyUtil.asString(event.getThrowableProxy()));
            }
        }
    }
}
