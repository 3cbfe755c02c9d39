/* SPDX-License-Identifier: GPL-3.0-or-later
 * The program with its window: one process for each library. */
#pragma once

#include "app/hall-library.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* How a command line that another process hands over is run. The window knows no commands; main.c says them. */
typedef struct {
  gboolean (*is_one)    (GApplicationCommandLine *command_line);
  /* library is absent, with the reason in problem, when it could not be opened */
  void     (*run_async) (GApplicationCommandLine *command_line,
                         HallLibrary             *library,
                         const GError            *problem,
                         GAsyncReadyCallback      callback,
                         gpointer                 user_data);
} HallApplicationCommands;

#define HALL_TYPE_APPLICATION (hall_application_get_type ())
G_DECLARE_FINAL_TYPE (HallApplication, hall_application, HALL, APPLICATION, AdwApplication)

HallApplication *hall_application_new          (const char                    *library_path,
                                                gboolean                       demo);
void             hall_application_set_commands (HallApplication               *self,
                                                const HallApplicationCommands *commands);

G_END_DECLS
