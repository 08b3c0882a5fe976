package io.holdfast.proxy.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The Chromium that is installed, without a window; each person has a browser of their own in it. Skips the test where there is none. */
public final class Chromium implements AutoCloseable {
    private static final double LIMIT_MILLIS = 30_000;

    /** A name of this machine that a browser does not trust as it trusts loopback. */
    public static final String PLAIN_HOST = "holdfast.test";

    /** Also as root, and with nothing in the background: no update, no telemetry. */
    private static final List<String> FLAGS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-features=HttpsUpgrades",
            "--host-resolver-rules=MAP " + PLAIN_HOST + " 127.0.0.1");

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    public static Chromium start() {
        Path program = Stream.of("chromium", "chromium-browser", "google-chrome")
                .map(name -> Path.of("/usr/bin", name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(Path.of("chromium"));
        assumeTrue(program.isAbsolute(), "chromium is not installed");
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        LaunchOptions options =
                new LaunchOptions().setExecutablePath(program).setHeadless(true).setArgs(FLAGS);
        return new Chromium(playwright, playwright.chromium().launch(options));
    }

    /** A new browser, with no cookies, whose pages begin at this address. */
    public Page open(String url, Browser.NewContextOptions options) {
        BrowserContext context = browser.newContext(options.setBaseURL(url).setLocale("en-GB"));
        context.setDefaultTimeout(LIMIT_MILLIS);
        return context.newPage();
    }

    /** The same on a desk, with JavaScript. */
    public Page open(String url) {
        return open(url, new Browser.NewContextOptions());
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
