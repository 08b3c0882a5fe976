package io.holdfast.proxy.session;

import java.util.Map;

/** What a session knows of its client at this moment. */
interface ClientFacts {
    /** With the application name that it has now. */
    Identity identity();

    /** As the rules see it. */
    Requesters requesters();

    /** The ParameterStatus values that it was told last; not to be changed. */
    Map<String, String> parameters();
}
