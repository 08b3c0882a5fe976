/** Holds, grants, persons and the two-person rule; knows no Netty and no SQL, its clock is injected. */
@NullMarked
package io.holdfast.proxy.approval;

import org.jspecify.annotations.NullMarked;
