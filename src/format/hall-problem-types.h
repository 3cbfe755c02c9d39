/* SPDX-License-Identifier: GPL-3.0-or-later
 * The "type" of each problem detail (RFC 9457) a desk answers with: what clients look at, and nothing else. */
#pragma once

#define HALL_PROBLEM_BAD_REQUEST       "urn:hallway:problem:bad-request"           /* 400: not JSON, not a known member */
#define HALL_PROBLEM_UNAUTHORIZED      "urn:hallway:problem:unauthorized"          /* 401 */
#define HALL_PROBLEM_FORBIDDEN         "urn:hallway:problem:forbidden"             /* 403: the token's scope is too small */
#define HALL_PROBLEM_NOT_FOUND         "urn:hallway:problem:not-found"             /* 404 */
#define HALL_PROBLEM_METHOD            "urn:hallway:problem:method-not-allowed"    /* 405 */
#define HALL_PROBLEM_TOO_SLOW          "urn:hallway:problem:too-slow"              /* 408: the request did not come whole */
#define HALL_PROBLEM_ATTENDEE_EXISTS   "urn:hallway:problem:attendee-exists"       /* 409: "current" is the row that is there */
#define HALL_PROBLEM_SLUG_TAKEN        "urn:hallway:problem:slug-taken"            /* 409 */
#define HALL_PROBLEM_ID_TAKEN          "urn:hallway:problem:id-taken"              /* 409: another row bears this id */
#define HALL_PROBLEM_RESYNC_REQUIRED   "urn:hallway:problem:resync-required"       /* 410: "because" is "pruned" or "restored" */
#define HALL_PROBLEM_STALE             "urn:hallway:problem:stale"                 /* 412: "current" and "mark", or "deleted" */
#define HALL_PROBLEM_TOO_LARGE         "urn:hallway:problem:too-large"             /* 413 */
#define HALL_PROBLEM_INVALID           "urn:hallway:problem:invalid"               /* 422: "errors" of {"pointer","detail"} */
#define HALL_PROBLEM_KEY_REUSED        "urn:hallway:problem:idempotency-key-reused" /* 422 */
#define HALL_PROBLEM_PARENT_MISSING    "urn:hallway:problem:parent-missing"        /* 424 */
#define HALL_PROBLEM_EARLIER_FAILED    "urn:hallway:problem:earlier-failed"        /* 424: in a batch, what this hangs on was refused */
#define HALL_PROBLEM_PRECONDITION      "urn:hallway:problem:precondition-required" /* 428 */
#define HALL_PROBLEM_TOO_MANY          "urn:hallway:problem:too-many-requests"     /* 429 with Retry-After */
#define HALL_PROBLEM_LARGE_HEADERS     "urn:hallway:problem:headers-too-large"     /* 431 */
#define HALL_PROBLEM_BROKEN            "urn:hallway:problem:internal"              /* 500 */
#define HALL_PROBLEM_FULL              "urn:hallway:problem:full"                  /* 507: nothing was changed */
