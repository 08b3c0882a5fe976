package io.holdfast.proxy.cli;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where the proxy is and who asks. A token is no option: other users of the machine see those. */
final class ApiOptions {
    private static final String TOKEN = "HOLDFAST_TOKEN";
    private static final String URL = "HOLDFAST_URL";
    private static final String DEFAULT_URL = "http://127.0.0.1:6433";

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The proxy's admin address (default: $" + URL + ", else " + DEFAULT_URL + ").")
    private @Nullable String url;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec mixee;

    /**
     * Connects to nothing yet.
     *
     * @throws ParameterException if there is no token, or the address is none
     */
    ApiClient client(Map<String, String> environment) {
        String token = environment.getOrDefault(TOKEN, "");
        if (token.isBlank()) {
            throw wrong(TOKEN
                    + " is not set; holdfast token makes a token, and its line belongs to you in the configuration");
        }
        String address = url != null ? url : environment.getOrDefault(URL, DEFAULT_URL);
        URI base = URI.create(DEFAULT_URL);
        try {
            base = URI.create(address);
        } catch (IllegalArgumentException e) {
            throw wrong(address + " is no URL (expected: such as " + DEFAULT_URL + ')');
        }
        if (base.getHost() == null || !("http".equals(base.getScheme()) || "https".equals(base.getScheme()))) {
            throw wrong(address + " is no URL (expected: such as " + DEFAULT_URL + ')');
        }
        return new ApiClient(base, token.strip());
    }

    private ParameterException wrong(String message) {
        if (mixee == null) {
            throw new IllegalStateException("not run by picocli");
        }
        return new ParameterException(mixee.commandLine(), message);
    }
}
