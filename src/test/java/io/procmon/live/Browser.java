package io.procmon.live;

import com.deque.html.axecore.selenium.AxeBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/**
 * Chromium without a window, driven as a teacher would use it: with a keyboard, a screen width, a colour scheme and a
 * language.
 */
final class Browser implements AutoCloseable {

    /** The paths of Debian and Ubuntu. */
    private static final List<Path> PROGRAMS =
            List.of(Path.of("/usr/bin/chromium"), Path.of("/usr/bin/chromium-browser"));

    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Whether Chromium and its driver are installed. */
    static boolean isInstalled() {
        return program().isPresent() && Files.isExecutable(DRIVER);
    }

    private static Optional<Path> program() {
        return PROGRAMS.stream().filter(Files::isExecutable).findFirst();
    }

    /** Opens it with an empty profile, which is deleted when it is closed. */
    static Browser open() {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(program().orElseThrow().toFile());
        // Its sandbox does not work for root, and /dev/shm is small in a container.
        options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--lang=en");
        var service = new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER.toFile())
                .usingAnyFreePort()
                .build();
        return new Browser(new ChromeDriver(service, options));
    }

    /** Goes to an address. */
    void visit(String address) {
        driver.get(address);
    }

    /** Sets the size of the screen in pixels. */
    void screen(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /** Sets the colour scheme, {@code dark} or {@code light}, and switches animations off. */
    void prefers(String scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(
                                Map.of("name", "prefers-color-scheme", "value", scheme),
                                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
    }

    /** Sets the language that requests prefer, such as {@code ko}. */
    void asksIn(String language) {
        driver.executeCdpCommand("Network.enable", Map.of());
        driver.executeCdpCommand("Network.setExtraHTTPHeaders", Map.of("headers", Map.of("Accept-Language", language)));
    }

    /** The visible texts of a selector, all at one moment, because the page changes. */
    List<String> texts(String selector) {
        Object texts = driver.executeScript(
                "return [...document.querySelectorAll(arguments[0])].map(it => it.innerText)", selector);
        return ((List<?>) texts).stream().map(Object::toString).toList();
    }

    void click(String selector) {
        driver.findElement(By.cssSelector(selector)).click();
    }

    /** Clicks what loads another page, such as the button of a form, and waits for that page. */
    void clickAndLoad(String selector) {
        Object before = evaluate("performance.timeOrigin");
        click(selector);
        Await.until(
                "another page is loaded",
                () -> evaluate("document.readyState === 'complete' && performance.timeOrigin !== " + before)
                        .equals(true));
    }

    /** Presses a key in the focused element. */
    void press(Keys key) {
        driver.switchTo().activeElement().sendKeys(key);
    }

    /** Types a text into the focused element. */
    void type(String text) {
        driver.switchTo().activeElement().sendKeys(text);
    }

    /** The focused element. */
    String focused() {
        return driver.switchTo().activeElement().getText();
    }

    /** The result of a script in the page. */
    Object evaluate(String expression) {
        return driver.executeScript("return " + expression);
    }

    /** The violations that axe finds of WCAG 2.2, A and AA, and of good practice. */
    List<String> violations() {
        return new AxeBuilder()
                .analyze(driver).getViolations().stream()
                        .map(rule -> rule.getId() + ": " + rule.getHelp() + " " + rule.getNodes())
                        .toList();
    }

    /** Takes a screenshot. */
    void picture(Path file) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }
}
