// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <array>
#include <cstddef>
#include <string_view>

#include "clients/demo/region.h"

// Which organisations the invented region has, and who works there beside those of the fixed seats.
namespace samenspel::demo {

struct Kind {
  std::string_view kind;
  std::string_view name;
};
// Nobody has these numbers: 0900-0001, 0900-0002, ...
inline constexpr std::string_view kPhone = "0900-00";
inline constexpr std::string_view kInvented = " (verzonnen)";
inline constexpr auto kOrganisations =
    std::to_array<Kind>({{"veilig_thuis", "Veilig Thuis Maasveen"},
                         {"certified_institution", "Jeugdbescherming Rietdam"},
                         {"child_protection_board", "Raad Oosterhaven"},
                         {"local_team", "Wijkteam Lindewaard"},
                         {"hospital", "Ziekenhuis Sterrenburcht"},
                         {"police", "Politie Oosterhaven"},
                         {"youth_health_care", "Jeugdgezondheidszorg Maasveen"},
                         {"mental_health_care", "GGZ De Meridiaan"},
                         {"addiction_care", "Verslavingszorg Wilgenpad"},
                         {"municipality", "Gemeente Lindewaard"},
                         {"school", "Scholengroep Nieuw-Rietdam"}});
inline constexpr size_t kVeiligThuis = 0;
inline constexpr size_t kCertifiedInstitution = 1;
inline constexpr size_t kChildProtectionBoard = 2;
inline constexpr size_t kLocalTeam = 3;
inline constexpr size_t kFounders = 4;
inline constexpr size_t kHospital = 4;
inline constexpr size_t kPolice = 5;
inline constexpr size_t kYouthHealthCare = 6;
inline constexpr size_t kMentalHealthCare = 7;
inline constexpr size_t kAddictionCare = 8;
inline constexpr size_t kMunicipality = 9;
inline constexpr size_t kSchool = 10;

inline constexpr size_t kFunctionCount = std::size(kSeatFunctions);
inline constexpr std::array<size_t, kFunctionCount> kEmployerOf{
    kVeiligThuis, kCertifiedInstitution, kChildProtectionBoard, kVeiligThuis};
inline constexpr size_t kProtectionWorker = 1;
// Of every five people of a function one is in each shift: three shifts a day, so each works three
// days in five.
inline constexpr size_t kPeoplePerSeat = 5;

// Who holds the function of a conditional seat.
struct Staff {
  std::string_view function;
  size_t organisation;
  bool at_night;
};
inline constexpr auto kStaff =
    std::to_array<Staff>({{"police_liaison", kPolice, true},
                          {"sexual_violence_expert", kHospital, true},
                          {"honour_violence_expert", kVeiligThuis, false},
                          {"legal_counsel", kCertifiedInstitution, true},
                          {"hospital_paediatrician", kHospital, true},
                          {"mental_health_care", kMentalHealthCare, true},
                          {"addiction_care", kAddictionCare, false},
                          {"youth_health_care", kYouthHealthCare, false},
                          {"local_team_worker", kLocalTeam, false},
                          {"behavioural_scientist", kCertifiedInstitution, false},
                          {"debt_counsellor", kMunicipality, false},
                          {"school_liaison", kSchool, false}});
inline constexpr size_t kStaffByDay = 2;    // Both at work each weekday.
inline constexpr size_t kStaffAtNight = 4;  // One at a time, in turn.
inline constexpr size_t kDutyManagers = 3;  // The same.

}  // namespace samenspel::demo
