// SPDX-License-Identifier: EUPL-1.2
#include "clients/demo/names.h"

#include <array>
#include <string_view>

namespace samenspel::demo {
namespace {

constexpr auto kFirstNames = std::to_array<std::string_view>(
    {"Sanne",   "Daan",     "Fleur",    "Bram",   "Maud",   "Joris",  "Roos",  "Teun",   "Fatima",
     "Youssef", "Samira",   "Ilias",    "Naima",  "Karim",  "Elif",   "Emre",  "Zeynep", "Mehmet",
     "Aylin",   "Kemal",    "Shanti",   "Ravi",   "Anjali", "Dewi",   "Wayan", "Naomi",  "Jermaine",
     "Xiomara", "Gilberto", "Chayenne", "Kwame",  "Abena",  "Kofi",   "Selam", "Yonas",  "Zuzanna",
     "Piotr",   "Ioana",    "Radu",     "Oksana", "Li Na",  "Wei",    "Layla", "Omar",   "Rukia",
     "Abdi",    "Noë",      "Zoë",      "Jelle",  "Femke",  "Sjoerd", "Wytske"});

constexpr auto kFamilyNames = std::to_array<std::string_view>(
    {"van der Plas", "Kuipers",    "de Wilde",     "Terpstra",     "Hoekstra",      "van Beusekom",
     "El Amrani",    "Bouzidi",    "Achahbar",     "Yıldırım",     "Demirci",       "Öztürk",
     "Ramdin",       "Jhagroe",    "Soerodimedjo", "Tirtosentono", "Pinas",         "Vrede",
     "Martina",      "Croes",      "Winklaar",     "Boateng",      "Mensah",        "Tesfaye",
     "Gebremedhin",  "Wiśniewska", "Nowakowski",   "Ionescu",      "Kovalenko",     "Zhang",
     "Chen",         "al-Hakim",   "Warsame",      "Farah",        "Lopes Tavares", "Monteiro",
     "van Driel",    "Dijkgraaf",  "Postma",       "Brandsma"});

constexpr auto kStreets = std::to_array<std::string_view>(
    {"Sterrenlaan", "Wilgenpad", "Loodswezenkade", "Torenstraat", "Korenbloemweg", "Havendwars",
     "Meridiaanplein", "Ooievaarshof"});

constexpr auto kTowns =
    std::to_array<std::string_view>({"Maasveen", "Nieuw-Rietdam", "Oosterhaven", "Lindewaard"});

}  // namespace

std::string FirstName(Random& random) { return std::string(random.Pick(kFirstNames)); }

std::string FamilyName(Random& random) { return std::string(random.Pick(kFamilyNames)); }

std::string FullName(Random& random) {
  std::string name = FirstName(random);
  return name + " " + FamilyName(random);
}

std::string Address(Random& random) {
  std::string address(random.Pick(kStreets));
  address += " " + std::to_string(random.Between(1, 240)) + ", ";
  return address + std::string(random.Pick(kTowns));
}

}  // namespace samenspel::demo
