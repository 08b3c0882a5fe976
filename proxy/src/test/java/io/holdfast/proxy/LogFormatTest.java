package io.holdfast.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.joran.spi.JoranException;
import ch.qos.logback.core.status.Status;
import ch.qos.logback.core.status.StatusUtil;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LogFormatTest {
    private final LoggerContext context = new LoggerContext();

    @AfterEach
    void stop() {
        context.stop();
    }

    private Encoder<ILoggingEvent> encoder(String format) throws JoranException {
        URL product = Objects.requireNonNull(LogFormatTest.class.getResource("/logback.xml"));
        context.setMDCAdapter(new LogbackMDCAdapter()); // otherwise done by SLF4J's start
        context.putProperty("HOLDFAST_LOG_FORMAT", format);
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(product);
        assertThat(new StatusUtil(context).getHighestLevel(0)).isLessThan(Status.WARN);
        return ((OutputStreamAppender<ILoggingEvent>)
                        context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("stderr"))
                .getEncoder();
    }

    private String line(Encoder<ILoggingEvent> encoder, String message, Object argument) {
        Logger logger = context.getLogger("io.holdfast.proxy.upstream.UpstreamMonitor");
        LoggingEvent event = new LoggingEvent("caller", logger, Level.WARN, message, null, new Object[] {argument});
        return new String(encoder.encode(event), StandardCharsets.UTF_8);
    }

    @Test
    void textIsOneLineWhateverAClientPutsIntoIt() throws JoranException {
        String line = line(encoder("text"), "login of {} failed", "ada\n2026-01-01 00:00:00.000 INFO  forged");
        assertThat(line)
                .contains(" WARN  UpstreamMonitor: login of ada 2026-01-01")
                .containsOnlyOnce("\n")
                .endsWith("failed\n");
    }

    @Test
    void jsonIsOneObjectPerLine() throws JoranException {
        Encoder<ILoggingEvent> encoder = encoder("json");
        assertThat(encoder).isInstanceOf(JsonEncoder.class);
        assertThat(line(encoder, "login of {} failed", "ada\n\"x\""))
                .startsWith("{")
                .contains("\"level\":\"WARN\"", "login of ada\\n\\\"x\\\" failed")
                .containsOnlyOnce("\n");
    }

    @Test
    void librariesAreQuiet() throws JoranException {
        encoder("text");
        assertThat(context.getLogger("io.javalin.Javalin").isInfoEnabled()).isFalse();
        assertThat(context.getLogger("org.eclipse.jetty.server.Server").isInfoEnabled())
                .isFalse();
        assertThat(context.getLogger("io.holdfast.proxy").isInfoEnabled()).isTrue();
    }
}
