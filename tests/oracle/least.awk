# SPDX-License-Identifier: Apache-2.0
# Which number of nodes is best (doc/model.md, "Own or rent" and "The saving"). Needs burst(which, number), the node-hours to rent a year
# beside so many, and rent, of an hour.
function positive(x) { return x > 0 ? x : 0 }

# The smallest number with the least cost; what is rented beside it in best_burst
function best(which, year, owned,    k, cost, lowest, found, hours) {
	found = -1
	for (k = 0; k <= owned; k++) {
		hours = burst(which, k)
		cost = k * year + rent * hours
		if (found < 0 || cost < lowest - 1e-9 * owned * year) {
			lowest = cost
			found = k
			best_burst = hours
		}
	}
	return found
}

# The smallest number, of those up to the one kept before, at which cost saved and hours returned are worth most.
function worthiest(which, year, owned, freed, keep, hours,    k, rented, back, worth, most, found) {
	found = -1
	for (k = 0; k <= keep; k++) {
		rented = burst(which, k)
		back = positive(freed - (hours - rented) - (keep - k) * 8760)
		worth = back * year / 8760 - k * year - rent * rented
		if (found < 0 || worth > most + 1e-9 * owned * year) {
			most = worth
			found = k
			best_burst = rented
		}
	}
	return found
}
