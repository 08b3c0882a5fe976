/** The web page: what waits and what has been, for people with a browser. Decides nothing itself. */
@NullMarked
package io.holdfast.proxy.web;

import org.jspecify.annotations.NullMarked;
