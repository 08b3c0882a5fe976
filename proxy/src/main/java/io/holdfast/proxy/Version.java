package io.holdfast.proxy;

/** What is running. */
final class Version {
    private Version() {}

    /** From the jar's manifest; a build that is run from class files has none. */
    static String text() {
        String version = Version.class.getPackage().getImplementationVersion();
        return "Holdfast " + (version == null ? "(development)" : version);
    }
}
