/** Holds, grants, persons and the two-person rule; knows no Netty, its clock is injected. */
@NullMarked
package io.holdfast.proxy.approval;

import org.jspecify.annotations.NullMarked;
